/**
 * Words that logs and support reports may contain: those of the app's own log lines, and those of error messages of
 * Node, Chromium, the system and keychains. All others are removed (`redact.ts`), because an error message may quote
 * anything. In lower case; a test compares the list with the log lines in the code.
 */

/** Words of the app's own log lines: states, kinds, counts. */
const ownWords = `
  abort absent accepted access account accounts acknowledged action actions activity address addresses advanced after again age all
  already also always and announce announced another answer answered answering any api app approval are arrived arrives as aside
  asked asking asleep at attempt attempts attention auth auto automatically awake back backend badge bar batch battery be
  bearer before began begins behind bilet bilets blocked body box broken browser build built bus busy but by cache caches
  cancel cancelled cannot carried catching cause certainly changed changes characters check checked checking clicked close
  closed come comes command compose computer connect connected connecting connection copy core could count counted counts
  credentials currently damaged daemon dashboard data day dbus decided default delay delete deleted delivered denied
  desktop diagnostics dialog different dictionaries dictionary did disk dismissed disturb do does done download downloaded
  downloading draft drafts drawn electron else empty end ended ends engine enter entries entry error errors event events
  exit expected export failed failing failure fetch fields file files final first folder for found free fresh from full
  gave given gives gnome gone goes had handed happened has have header held helper here hidden hide history hold holds
  hour hours how http https id ids if icon image in inbox install installed interrupted into invalid is issuer it item items
  its job json kde keep keeps kept key keychain keyring kind kinds known knows kwallet kwallet5 kwallet6 large last late
  later launch left length letters libsecret light limited line lines link list listener lists loaded loading local
  locale location lock locked log login logs lost machine made mail mains manager many mark marked marks may memory menu
  merged message messages milliseconds minutes missing mode moment moved ms name named native needs network never new
  newer newest newly next no nobody node none not nothing notice notices notification notifications notifier notify now
  null number of off offered offline old older on once one ones online only open opened opening or order origin other others out
  outbox outdated over overlay own package pair panel panels part partly password passwords path pause paused peer permission
  person picture piece places platform plain poll polled poller portable position power preferences problem profile
  program progress proven proxy public queued quit quitting ran rate rather reached read reading ready real reason
  rebuilt receive received recent refused refuses rejoined removed renewed replied replies reply report request requests
  resume retried retry right rows run running rules safe same save saved saw schema screen search second seconds secret
  secrets section see seen send sending sends sent server servers services session set settings several shape share
  shortcut show shown shut shutdown side sign signed since skip slow slower slowest small snap so some something soon
  source space staff start started starts state statistics status statusnotifier stay stays still stop stopped storage
  store stored template suspicious suspiciously sync system taken takes task tell test text texts than that the their them then
  there these they this those thread threads ticket ticketevents tickets time timed times to today together token told
  too took tray tried tries trouble truncated trusted try turn twice type unavailable uncaught uncertain undecided
  understood undelivered undo unexpected unknown unlock unlocked unread unreachable unreadable unsent untrusted until
  update updated updater updates upload use used user uses value vault version versions view waiting waits wake wanted
  warm was wayland way web were what when where whether which whole why will window windows with without word words
  work works would write writes writing written wrong x11 xwayland yes yet you zone appimage deb rpm snap dir nsis zip dmg
  arm64 x64 ia32 linux darwin win32 macos tr en v1 v2 kwin mutter sway hyprland cinnamon xfce mate lxqt unity budgie gdk
  basic_text ok get post put later register reminders says confirmed insecure customer flight long room discard registered unchanged decides similar chromium silent choice choose area assumed page pages can't couldn't didn't doesn't don't isn't wasn't won't toast toasts growl dunst activation mac win pro helpers installs itself published tells releases tag place look flatpak ad hoc unpacked portal portals notificationcenter`

/** Words of error messages of Node, Chromium, the system and libraries. */
const errorWords = `
  a aborted accept accessed accessible address algorithm allocation allowed altnames an appear argument arguments array
  assertion assignment attempted authentication authenticate authorization authority available bad base64 because been
  being between binary bind blob bounds broken buffer bytes call callback called cannot certificate certificates chain
  changed channel character chunk chunked cipher ciphertext circular class client column concurrent configuration conflict
  constant constructor content contents context control converting could create created cross cyclic date deadlock
  decoded decode decrypt decrypting decryption definition delete denied depth descriptor destroyed destructure device
  directory disconnected disposed does doesn't domain dynamic eacces early either element encode encoded encoding
  encrypt encrypted encryption established exceeded exception exceeds executable execute existing exists exit expired
  export extra failed family fatal field finished flag flush forbidden format found frame function gateway generator
  getaddrinfo group handle hang handshake headers heap host hostname hostnames import incorrect index infinite inflate
  initialization initialize initialized inner inode input instance instanceof integer interface internal internals
  interrupted invoke invoking io ip irregular issue iterable iteration iterator keys label latest layer least legal less
  library limit link literal literals local locked loop lower main malformed many match matching max maximum member method
  minimum mismatch module modules more most mount must nan native negative nested new newline non nor object objects
  occurred octet offset once operand operation operations operator option options order original outside overflow owner
  parameter parse parsed parser parsing passed payload pending permitted pipe pointer port position precision prefix
  premature process processes promise properties property protocol prototype provided proxied publicly queue quota raised
  range re reach reader readable readonly receive received recursion redirect redirected reference referenced referrer
  refused regular reject rejected release remote render renderer require required reset resolve resolved resource
  respond response responses result return returned revoked root route safestorage scope script secure security segment
  self serialize serializing server shared short should signal signature signed single size socket source span spawn
  specified stack stale stalled statement step stream strict string structure such supplied support supported
  suspended symbol synchronous syntax syscall table target temporarily temporary terminated terminator than thrown
  timeout tls tokens transfer tunnel tunneling typed typeerror unable unauthorized undefined undici unexpectedly unhandled
  unicode unique unit unknown unresolved unsafe unsupported unterminated up upgrade upper url usage utf utf8 valid validate
  validation values variable variables verify via view violation virtual void volume waiting webcontents webframemain
  well weak within worker wrap writable write xhr zero
  no such file or directory permission denied operation not permitted device left on too many open files resource
  executable text broken pipe is a unreachable down interrupted function not implemented stale inappropriate ioctl
  connect read write rename unlink mkdir mkdtemp rmdir rm scandir stat lstat fstat open close copyfile chmod chown
  fsync fdatasync ftruncate access utime realpath symlink readlink watch kill dlopen uv_cwd queryaaaa querya
  artifacts cannot find yml httperror checksum sha512 mismatch publisher requested
  spawned code hook collection item prompt wallet service services unlocked alias method timed reply caller
  net err os dns tcp udp ssl api json html xml http2 ipc gpu`

export const knownWords: ReadonlySet<string> = new Set(
  `${ownWords} ${errorWords}`.split(/\s+/).filter(Boolean)
)

/** Endings of the app's own files. */
export const knownFileEndings = /^(?:json|jsonl|log|lock|mjs|cjs|js|ts|html|tmp|part|yml|dat|asar)$/

/** Whether it is an error code of Node, libuv, OpenSSL, Chromium or electron-updater. */
export const isErrorCode = (word: string): boolean =>
  errnoCodes.has(word) ||
  /^(?:ERR|UND_ERR|DEPTH_ZERO|CERT|UNABLE_TO|SELF_SIGNED|HPE|Z)_[A-Z0-9_]{2,60}$/.test(word)

const errnoCodes: ReadonlySet<string> = new Set(
  `E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EAI_AGAIN EAI_FAIL EAI_NODATA EAI_NONAME EALREADY EBADF EBUSY ECANCELED
  ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EILSEQ EINPROGRESS
  EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE ENAMETOOLONG ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENODEV
  ENODATA ENOENT ENOLCK ENOMEM ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTFOUND ENOTSOCK ENOTSUP ENXIO EOF EOPNOTSUPP EOVERFLOW
  EPERM EPIPE EPROTO EPROTONOSUPPORT ERANGE EROFS ESHUTDOWN ESPIPE ESRCH ESTALE ESERVFAIL ETIME ETIMEDOUT ETIMEOUT ETXTBSY
  EUNKNOWN EXDEV ABORT_ERR SIGABRT SIGHUP SIGINT SIGKILL SIGSEGV SIGTERM UNKNOWN`.split(/\s+/)
)
