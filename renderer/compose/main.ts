import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import { takeWindowKeys } from '../lib/window-keys.ts'
import Compose from './Compose.svelte'

// Main answers while the page is being built.
takeWindowKeys()
app.start().catch(() => undefined)
mount(Compose, { target: document.body })
