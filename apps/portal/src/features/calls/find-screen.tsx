'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Empty } from '@/components/list/states';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { INPUT } from '@/components/ui/field';
import { classes } from '@/lib/classes';
import { useQueryParam } from '@/lib/use-query-param';

const Found = dynamic(() => import('./found').then((module) => module.Found));

/** Finds calls by a number or an id. If there is only one, it opens by itself. */
export function FindScreen() {
  const [query, setQuery] = useQueryParam('q');
  const [text, setText] = useState(query ?? '');
  const asked = query?.trim() ?? '';
  return (
    <>
      <h1 className="mb-4 text-page">Find a call</h1>
      <form
        role="search"
        className="mb-4 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setQuery(text.trim() || null);
        }}
      >
        <input
          data-filter
          aria-label="Phone number, call, run or correlation ID"
          placeholder="Phone number, call, run or correlation ID"
          className={classes(INPUT, 'max-w-120')}
          value={text}
          maxLength={256}
          onChange={(event) => setText(event.target.value)}
        />
        <Button kind="primary" type="submit">
          <Search aria-hidden size={14} /> Find
        </Button>
      </form>
      <Card>
        {asked === '' ? (
          <Empty title="Whose call?">
            Type the caller’s number, or an ID of a call, run, contact, appointment or text.
          </Empty>
        ) : (
          <Found query={asked} onClear={() => setQuery(null)} />
        )}
      </Card>
    </>
  );
}
