import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import App from './App.svelte'

mount(App, { target: document.body })
app.start().catch(() => undefined)
