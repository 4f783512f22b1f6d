import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Entries of the main process: each is one file in out/main that some host or worker thread starts. */
const mainEntries = {
  index: resolve('src/main/index.ts'),
  cli: resolve('src/main/cli.ts'),
  'import-thread': resolve('src/main/contacts/import/import-thread.ts'),
}

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      rollupOptions: {
        input: mainEntries,
        external: ['sqlite3', 'electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { target: 'chrome130', minify: true, rollupOptions: { input: { index: resolve('src/renderer/index.html') } } },
  },
})
