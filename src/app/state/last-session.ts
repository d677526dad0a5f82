/** The address of the last visit, with which the next one begins. */
import { keep, readKept } from '../parts/kept.ts'

const key = 'archcost.session'

/** Empty where there was none. */
export const lastSession = (): string => readKept(key)

export const keepSession = (address: string): void => keep(key, address)

/** The next visit begins as a first one. */
export const forgetSession = (): void => keep(key, '')
