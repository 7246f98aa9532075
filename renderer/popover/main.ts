import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import { takeWindowKeys } from '../lib/window-keys.ts'
import Popover from './Popover.svelte'

// Main answers while the page is being built.
takeWindowKeys()
app.start().catch(() => undefined)
mount(Popover, { target: document.body })
