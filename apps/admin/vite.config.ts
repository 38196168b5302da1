import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { buildMark } from './buildMark.ts';
import { pureSchemas } from './pureSchemas.ts';

const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: './src/app/routes',
      generatedRouteTree: './src/app/routeTree.gen.ts',
      quoteStyle: 'single',
      semicolons: true,
    }),
    react(),
    tailwindcss(),
    pureSchemas(),
    buildMark(),
  ],
  server: {
    port: 5173,
    proxy: { '/trpc': { target: api, ws: true }, '/api': { target: api }, '/audit.csv': { target: api } },
  },
  // Nothing may be inlined into the page: its content security policy allows only files of its own.
  build: { sourcemap: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
