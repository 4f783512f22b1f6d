// SQLite runs on libuv's pool; with its four threads a few slow queries make a plain file read wait for seconds. libuv reads
// the number when the first piece of work is queued, so every entry imports this file before anything else.
process.env.UV_THREADPOOL_SIZE ??= '16'

/** How many threads libuv was told to use. */
export const threadPoolSize = Number(process.env.UV_THREADPOOL_SIZE)
