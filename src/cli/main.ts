#!/usr/bin/env node
/** The command line's entry: a run in a process of its own, or a thread that works for one. */
import { isMainThread } from 'node:worker_threads'
import { watchOutput } from './output.ts'
import { program } from './program.ts'

// A search starts this program again, in threads that work for it.
if (isMainThread) {
  watchOutput()
  // Set, not called: what is written to a pipe must arrive first.
  process.exitCode = await program(process.argv.slice(2))
} else await (await import('./search/worker.ts')).serve()
