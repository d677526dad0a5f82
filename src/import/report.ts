/** What an import tells besides the architecture: every key that was read, defaulted, ignored, not understood. */

export interface Note {
  level: 'warning' | 'info'
  text: string
}

export interface ImportReport {
  /** Keys of the config with the values they have there. */
  read: Record<string, unknown>
  /** Keys that are missing, or null, with the values taken for them. */
  defaulted: Record<string, unknown>
  /** Keys known to cost nothing. */
  ignored: string[]
  not_understood: string[]
}

/** Written by readers while a config is read. Keys are full paths, such as `rope_scaling.factor`. */
export class ImportLog {
  readonly read = new Map<string, unknown>()
  readonly defaulted = new Map<string, unknown>()
  /** Keys opened as objects: what matters is inside. */
  readonly opened = new Set<string>()
  /** Keys that a family knows and that cost nothing. */
  readonly ignored = new Set<string>()
  readonly notes: Note[] = []

  /** A note is said once, however often the key behind it is read. */
  note(level: Note['level'], text: string): void {
    if (!this.notes.some((note) => note.text === text)) this.notes.push({ level, text })
  }

  knows(path: string): boolean {
    return this.read.has(path) || this.opened.has(path) || this.ignored.has(path)
  }
}
