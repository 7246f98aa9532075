/** What the inbox shows of the outbox only when somebody looks, or is asked: one file, read then. */
export { default as Outbox } from './Outbox.svelte'
export { default as Question } from './Question.svelte'
