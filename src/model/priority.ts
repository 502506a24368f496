// Without zod: the half of the hook that runs at every stop needs the order, not the schema.

/** Worst first; the order decides which of two priorities is the lower one. */
export const priorities = ['critical', 'high', 'medium', 'low'] as const
export type Priority = (typeof priorities)[number]
