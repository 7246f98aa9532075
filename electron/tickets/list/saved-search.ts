/** Limits of searches that are saved as filters. */
export const maxSavedSearches = 50
export const maxSearchName = 60
