import type { NextConfig } from 'next';

// The platform serves the export (ADR 0030); NEXT_OUTPUT=standalone builds a server of its own instead.
const config: NextConfig = {
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : 'export',
  images: { unoptimized: true },
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: { root: `${import.meta.dirname}/../..` },
};

export default config;
