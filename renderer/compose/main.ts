import { mount } from 'svelte'
import '../ui/base.css'
import { app } from '../lib/app.svelte.ts'
import Compose from './Compose.svelte'

mount(Compose, { target: document.body })
app.start().catch(() => undefined)
