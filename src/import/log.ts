/** What is written down while a config is read: one entry for each key, under its full path. */
import type { Note } from './report.ts'

export type Entry =
  | { kind: 'read'; value: unknown }
  | { kind: 'defaulted'; value: unknown }
  | { kind: 'derived'; value: unknown; from: string }
  | { kind: 'left_out'; why: string; extra?: string | undefined }
  | { kind: 'ignored' }

export class ImportLog {
  readonly entries = new Map<string, Entry>()
  readonly notes: Note[] = []

  /** Of several entries for one key, that which says most stays. */
  write(path: string, entry: Entry): void {
    const known = this.entries.get(path)
    if (known === undefined || weight(entry) > weight(known)) this.entries.set(path, entry)
  }

  /** A note is said once, however often the key behind it is read. */
  note(level: Note['level'], text: string, extra?: string): void {
    if (this.notes.some((note) => note.text === text)) return
    this.notes.push({ level, text, ...(extra !== undefined && { extra }) })
  }

  /** The entry of a key, or else of the object it stands in. */
  about(path: string): Entry | undefined {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const entry = this.entries.get(at)
      if (entry !== undefined) return entry
    }
    return undefined
  }
}

function weight(entry: Entry): number {
  switch (entry.kind) {
    case 'left_out':
      return 5
    case 'read':
      return entry.value === null ? 1 : 4
    case 'derived':
      return 3
    case 'defaulted':
      return entry.value === null ? 1 : 2
    case 'ignored':
      return 0
  }
}
