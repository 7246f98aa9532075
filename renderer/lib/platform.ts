/** How keys are written on a platform, by Node's name of it. */
export const keyNames = (platform: string): { readonly mod: string } =>
  platform === 'darwin' ? { mod: '⌘' } : { mod: 'Ctrl+' }
