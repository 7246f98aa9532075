/** The rows that are asked for first: few, so that they are here soon. */
export const firstPage = { from: 0, count: 60 }
