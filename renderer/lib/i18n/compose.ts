const tr = {
  title: 'Yeni bilet',
  account: 'Hesap',
  ticketTitle: 'Başlık',
  department: 'Departman',
  choose: 'Seçin',
  service: 'Hizmet',
  serviceHint: 'S952157 gibi; S kendiliğinden eklenir',
  message: 'Mesaj',
  access: 'Sunucu erişimi',
  accessHint: 'Yalnızca destek ekibi isterse doldurun. Şifre taslağa yazılmaz.',
  serverIp: 'Sunucu IP adresi',
  serverUser: 'Sunucu kullanıcısı',
  serverPassword: 'Sunucu şifresi',
  preview: 'API düz harf istiyor; şöyle gönderilecek:',
  send: 'Gönder',
  offline: 'Çevrimdışısınız; biletiniz bağlantı gelince gönderilecek.',
  noAccount: 'Önce gelen kutusundan bir hesap bağlayın.',
  draftKept: 'Esc kapatır, taslak kalır',
  error: {
    required: 'Bu alan gerekli.',
    'service-shape': 'Hizmet numarası rakamlardan oluşur: 952157 ya da S952157; alan adları D ile başlar.',
    'ip-shape': 'Bu bir IP adresi değil. Örneğin 203.0.113.24 ya da 2001:db8::1.',
    'too-long': 'Bu alan için çok uzun. Kısaltın.'
  }
}

const en: typeof tr = {
  title: 'New ticket',
  account: 'Account',
  ticketTitle: 'Title',
  department: 'Department',
  choose: 'Choose',
  service: 'Service',
  serviceHint: 'Like S952157; the S is added for you',
  message: 'Message',
  access: 'Server access',
  accessHint: 'Fill this in only when the staff ask for it. The password is kept in no draft.',
  serverIp: 'Server IP',
  serverUser: 'Server user',
  serverPassword: 'Server password',
  preview: 'The API wants plain letters; it is sent like this:',
  send: 'Send',
  offline: 'You are offline; your ticket is sent when you are back.',
  noAccount: 'Connect an account in the inbox first.',
  draftKept: 'Esc closes, the draft stays',
  error: {
    required: 'This field is required.',
    'service-shape': 'A service number is digits: 952157 or S952157; domains begin with D.',
    'ip-shape': 'This is not an IP address. For example 203.0.113.24 or 2001:db8::1.',
    'too-long': 'This is too long for the field. Shorten it.'
  }
}

export const compose = { tr, en }
