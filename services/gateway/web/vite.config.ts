import { defineConfig } from 'vite';

/** Where `npm start` listens; hot-reload development passes everything that is not a file of the page on to it. */
const gateway = process.env.GATEWAY_URL ?? 'http://localhost:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: true },
  server: {
    proxy: {
      '/auth': gateway,
      '/api': gateway,
      '/health': gateway,
      '/ws': { target: gateway, ws: true },
    },
  },
});
