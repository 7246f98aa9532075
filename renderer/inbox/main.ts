import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import App from './App.svelte'

// Main answers while the page is made.
app.start().catch(() => undefined)
mount(App, { target: document.body })
