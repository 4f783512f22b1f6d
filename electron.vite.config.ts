import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Entries of the main process: each is one file in out/main that some host or worker thread starts. */
const mainEntries = {
  index: resolve('src/main/index.ts'),
  'before-ready': resolve('src/main/before-ready.ts'),
  cli: resolve('src/main/cli.ts'),
  verify: resolve('src/verify/verify.ts'),
  'import-thread': resolve('src/main/contacts/import/thread/import-thread.ts'),
  'press-thread': resolve('src/main/sending/press/press-thread.ts'),
}

// The main process is built as CommonJS: it is read synchronously, so that thread-pool.ts speaks before libuv has made its
// threads (an ES module entry is read by those threads). The project is of type module; this folder says otherwise.
const commonJsFolder = {
  name: 'common-js-folder',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }) {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
  },
}

export default defineConfig({
  main: {
    plugins: [commonJsFolder],
    build: {
      target: 'node20',
      externalizeDeps: false,
      rollupOptions: {
        input: mainEntries,
        external: ['sqlite3', 'electron'],
        output: {
          format: 'cjs',
          // Electron looks at the extension of its entry, not at the folder.
          entryFileNames: chunk => (chunk.name === 'index' ? 'index.cjs' : '[name].js'),
          chunkFileNames: '[name]-[hash].js',
        },
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
    base: '/',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})
