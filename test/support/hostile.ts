/**
 * Hostile texts that a server or its users could send as message, name, status or attachment. Combined from parts, so that each
 * attack is tried in each field.
 */

/** Called by any script that manages to run; tests record the call. */
const executionMarker = 'window.pwned(1)'

const tags: readonly string[] = [
  `<script>${executionMarker}</script>`,
  `<SCRIPT SRC=ORIGIN/x.js></SCRIPT>`,
  `<img src=x onerror=${executionMarker}>`,
  `<img src="ORIGIN/pixel.png">`,
  `<svg onload=${executionMarker}>`,
  `<svg><script>${executionMarker}</script></svg>`,
  `<svg><animate onbegin=${executionMarker} attributeName=x dur=1s>`,
  `<iframe src="javascript:${executionMarker}"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned(1)</script>"></iframe>`,
  `<object data="javascript:${executionMarker}">`,
  `<embed src="ORIGIN/x.swf">`,
  `<link rel=stylesheet href=ORIGIN/x.css>`,
  `<link rel=prefetch href=ORIGIN/x>`,
  `<style>@import 'ORIGIN/x.css';*{display:none}</style>`,
  `<meta http-equiv=refresh content="0;url=ORIGIN/x">`,
  `<base href="ORIGIN/">`,
  `<form action=ORIGIN/x><button autofocus onfocus=${executionMarker}>`,
  `<input autofocus onfocus=${executionMarker}>`,
  `<details open ontoggle=${executionMarker}>`,
  `<video src=ORIGIN/x autoplay onerror=${executionMarker}></video>`,
  `<audio src=ORIGIN/x onerror=${executionMarker}></audio>`,
  `<marquee onstart=${executionMarker}>x</marquee>`,
  `<body onload=${executionMarker}>`,
  `<a href="javascript:${executionMarker}">tıkla</a>`,
  `<math><mtext></p><img src=x onerror=${executionMarker}>`,
  `<noscript><p title="</noscript><img src=x onerror=${executionMarker}>">`,
  `<template><script>${executionMarker}</script></template>`,
  `<webview src=ORIGIN/x></webview>`,
  `</textarea></title></div><script>${executionMarker}</script>`,
  `"><img src=x onerror=${executionMarker}>`,
  `' onmouseover='${executionMarker}`,
  `--></style></script><script>${executionMarker}</script>`
]
/** The same texts, encoded so that they become active if decoded once too often. */
const encodings: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text) => text.replaceAll('<', '&amp;lt;').replaceAll('>', '&amp;gt;'),
  (text) => text.replaceAll('<', '&#60;').replaceAll('>', '&#x3e;')
]

const links: readonly string[] = [
  `javascript:${executionMarker}`,
  `JaVaScRiPt:${executionMarker}`,
  `java\tscript:${executionMarker}`,
  ` javascript:${executionMarker}`,
  `data:text/html,<script>${executionMarker}</script>`,
  `data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQoMSk8L3NjcmlwdD4=`,
  `vbscript:msgbox(1)`,
  `file:///etc/passwd`,
  `file://host/share`,
  `smb://host/share`,
  `\\\\host\\share\\x.exe`,
  `ms-msdt:/id PCWDiagnostic`,
  `bilet://new?title=x`,
  `app://bilet/inbox.html`,
  `https://panel.example@evil.example/`,
  `https://user:parola@evil.example/`,
  `https://аpple.com/`,
  `https://аррӏе.com/giriş`,
  `https://netinternet.com.tr․evil.example/`,
  `https://netinternet.com.tr⁄panel.evil.example/`,
  `https://ｎetinternet.com.tr/`,
  `https://xn--80ak6aa92e.com/`,
  `https://example.com/\u202Egpj.exe`,
  `https://exam\u200Bple.com/`,
  `http://127.0.0.1:1/x`,
  `https://[::1]:1/x`,
  `https://0x7f000001/x`,
  `https://example.com/?${'a'.repeat(3000)}`,
  `HTTPS://EXAMPLE.COM/%00%0d%0aSet-Cookie:x`,
  `[tıkla](javascript:${executionMarker})`,
  `![x](ORIGIN/x.png)`,
  `<javascript:${executionMarker}>`
]

const characters: readonly string[] = [
  '\u0000\u0001\u0002\u0007\u0008\u001b',
  '\u001b[31mkırmızı\u001b[0m\u001b]0;başlık\u0007',
  '\u001b[2J\u001b[H\u001bc',
  '\u009b31m\u0085\u008d',
  '\u202Eters\u202C',
  '\u2066\u2067\u2068iç\u2069\u2069',
  '\u202A\u202B\u202D\u200E\u200F\u061C',
  'gerçek.exe\u202Efdp.txt',
  '\u200B\u200C\u200D\u2060\uFEFFgörünmez\u200B',
  'a\u0300\u0301\u0302\u0303\u0304'.repeat(60),
  '\u0489'.repeat(400),
  '\uD800',
  '\uDC00\uD800',
  '\uFFFE\uFFFF',
  '\u2028satır\u2029paragraf',
  '\r\r\r\n\n\r',
  '\t'.repeat(300),
  '\u00A0'.repeat(300),
  '\u3164\u115F\u1160',
  '👨‍👩‍👧‍👦'.repeat(80),
  '🏳️‍🌈\uFE0F\uFE0F\uFE0E',
  '\u{E0041}\u{E0042}\u{E007F}',
  '﷽'.repeat(60),
  '𒐫'.repeat(60),
  'عربي עברית Türkçe 123',
  'İıIiŞşĞğ'.repeat(40)
]

const shapes: readonly string[] = [
  'W'.repeat(5_000),
  'ş'.repeat(20_000),
  'x '.repeat(20_000),
  `${'a'.repeat(120)}\n`.repeat(500),
  '\n'.repeat(3_000),
  '-----------------\n'.repeat(400),
  '______\n'.repeat(400),
  '> '.repeat(1_000),
  `${'>'.repeat(500)} alıntı`,
  `${'('.repeat(2_000)}${')'.repeat(2_000)}`,
  'https://example.com/ '.repeat(300),
  'a@b.co,'.repeat(800),
  '1.2.3.4 '.repeat(500),
  '::1 '.repeat(500),
  '&amp;'.repeat(3_000),
  '&#x1F4A9;'.repeat(500)
]

const formats: readonly string[] = [
  "=cmd|'/c calc'!A1",
  '+SUM(1+1)*cmd|x',
  '-2+3+cmd|x',
  '@SUM(1+9)',
  '=HYPERLINK("ORIGIN/x","tıkla")',
  '%s%s%s%n%n%x%d',
  '%%%$s{0}{{1}}${process.exit()}',
  '#{7*7} {{7*7}} <%= 7*7 %> ${7*7}',
  '__proto__',
  '{"__proto__":{"x":1}}',
  "'; DROP TABLE tickets; --",
  '`rm -rf ~` $(rm -rf ~) | ; && >x',
  '--help',
  '-h',
  '--icon=/etc/passwd',
  '\\n\\t\\0\\x41\\u0041',
  '# Başlık\n## İki\n---\n***\n| a | b |\n|---|---|',
  '```\n~~~\n<!-- -->\n[x]: javascript:1',
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH:ORIGIN/x\r\nEND:VEVENT\r\nEND:VCALENDAR',
  'From: a\r\nTo: b\r\nBcc: c\r\n\r\nx',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  '&_underline &File __x',
  '<b>kalın</b> <i>eğik</i> <u>x</u> <a href="ORIGIN/x">bağ</a> <img src="/etc/passwd"/>',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]'
]

const files: readonly string[] = [
  '../../../../etc/passwd',
  '..\\..\\Windows\\System32\\calc.exe',
  '/etc/passwd|C:\\Windows\\calc.exe',
  'https://example.com/..%2f..%2fetc%2fpasswd',
  'https://example.com/%2e%2e%5c%2e%2e%5cx.exe',
  'https://example.com/fatura.pdf%00.exe',
  'https://example.com/gerçek%E2%80%AEfdp.exe',
  'https://example.com/CON|https://example.com/NUL.txt|https://example.com/aux',
  'https://example.com/<img src=x onerror=alert(1)>.png',
  `https://example.com/${'a'.repeat(3000)}.pdf`,
  'https://example.com/a%0d%0ab.txt',
  `${'x'.repeat(250)}.tar.gz,`.repeat(20)
]

/** `origin`: target of the requests that the texts would cause. */
export const payloads = (origin: string): readonly string[] => [
  ...new Set(
    [
      ...tags,
      ...tags.flatMap((tag) => encodings.map((on) => on(tag))),
      ...links,
      ...characters,
      ...shapes,
      ...formats,
      ...files
    ].map((payload) => payload.replaceAll('ORIGIN', origin))
  )
]
