import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import { warmUp } from '../lib/format.ts'
import App from './App.svelte'

mount(App, { target: document.body })
app
  .start()
  .then(() => requestIdleCallback(() => warmUp(app.locale)))
  .catch(() => undefined)
