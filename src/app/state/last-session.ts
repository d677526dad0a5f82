/** The address of the last visit, with which the next one begins. */
const key = 'archcost.session'

/** Empty where there was none. */
export const lastSession = (): string => localStorage.getItem(key) ?? ''

export const keepSession = (address: string): void => localStorage.setItem(key, address)

/** The next visit begins as a first one. */
export const forgetSession = (): void => localStorage.removeItem(key)
