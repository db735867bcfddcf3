'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { isAgencyStaff, useMe, type Client } from '@/api/queries';
import { type CallOutcome, OUTCOME_LOOKS } from '@/components/state-chip';
import { Kbd } from '@/components/ui/card';
import { INPUT } from '@/components/ui/field';
import { FilterSelect } from '@/components/ui/filter-select';
import { REASONS } from '@/features/dead-letters/reason';
import { flowsQuery } from '@/features/runs/queries';
import { classes } from '@/lib/classes';
import { PERIODS } from '@/lib/period';
import { tabOf, type CallFilters } from './filters';

interface Props {
  filters: CallFilters;
  clients: Client[];
  onChange: (changes: Record<string, string | null>) => void;
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const PERIOD_OPTIONS = [
  ...Object.entries(PERIODS).map(([key, words]) => [key, capitalised(words)] as const),
  ['all', 'All time'] as const,
];
const REASON_OPTIONS = Object.entries(REASONS).map(([code, { title }]) => [code, title] as const);
const OUTCOME_OPTIONS = (Object.keys(OUTCOME_LOOKS) as CallOutcome[]).map(
  (outcome) => [outcome, OUTCOME_LOOKS[outcome].word] as const,
);

/** Shows the search and every filter that is in use, the usual period too. */
export function FilterBar({ filters, clients, onChange }: Props) {
  const me = useMe();
  const isStaff = isAgencyStaff(me.data);
  const flows = useQuery({ ...flowsQuery, enabled: isStaff });
  const { period, client, reason, flow, outcome, callBack } = filters;
  const flowNames = [...new Set(flows.data?.items.map(({ name }) => name))].sort();
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField key={filters.search} search={filters.search} onSearch={(q) => onChange({ q })} />
      <FilterSelect
        label="Date"
        value={period.key === 'all' ? null : (period.key ?? 'days')}
        shown={period.words}
        options={period.key === null ? [...PERIOD_OPTIONS, ['days', capitalised(period.words)]] : PERIOD_OPTIONS}
        onChange={(from) => onChange({ from: from ?? 'all', to: null })}
      />
      {tabOf(filters) === null && (
        <FilterSelect
          label={callBack ? 'Call back' : 'Outcome'}
          value={callBack ? 'due' : outcome}
          options={callBack ? [['due', 'due']] : OUTCOME_OPTIONS}
          onChange={(value) => onChange(callBack ? { callBack: null } : { outcome: value })}
        />
      )}
      {clients.length > 1 && (
        <FilterSelect
          label="Client"
          value={client}
          options={clients.map(({ id, name }) => [id, name] as const)}
          onChange={(value) => onChange({ client: value })}
        />
      )}
      {isStaff && (
        <FilterSelect
          label="Reason"
          value={reason}
          options={REASON_OPTIONS}
          onChange={(value) => onChange({ reason: value })}
        />
      )}
      {isStaff && (flowNames.length > 0 || flow !== null) && (
        <FilterSelect
          label="Flow"
          value={flow}
          options={flowNames.map((name) => [name, name] as const)}
          onChange={(value) => onChange({ flow: value })}
        />
      )}
    </div>
  );
}

function SearchField({ search, onSearch }: { search: string | null; onSearch: (text: string | null) => void }) {
  const [text, setText] = useState(search ?? '');
  return (
    <form
      role="search"
      className="relative w-72 max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim() || null);
      }}
    >
      <Search aria-hidden size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-fg-3" />
      <input
        data-filter
        type="search"
        aria-label="Phone, name or call ID"
        placeholder="Phone, name or call ID"
        className={classes(INPUT, 'px-8')}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value);
          // The browser's own button, which clears the field, sends no form.
          if (event.target.value === '' && search) onSearch(null);
        }}
      />
      <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2">
        {text === '' && <Kbd>/</Kbd>}
      </span>
    </form>
  );
}
