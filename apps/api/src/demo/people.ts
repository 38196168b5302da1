import type { Content, Role } from '@sala/contracts';

/** The people of the demo's desk: a furniture shop by the river, with customers from three countries. */
export const SHOP = 'บ้านไม้ริมน้ำ';

export const OPERATORS = [
  { key: 'orathai', name: 'อรทัย ศรีสุข', role: 'admin' },
  { key: 'haruka', name: '遥 Haruka', role: 'supervisor' },
  { key: 'nok', name: 'นก พรทิพย์', role: 'operator' },
  { key: 'thanawat', name: 'ธนวัฒน์ ใจดี', role: 'operator' },
] as const satisfies { key: string; name: string; role: Role }[];

export type OperatorKey = (typeof OPERATORS)[number]['key'];

/** What happened, so many minutes ago. */
export type Step = { ago: number } & (
  | { says: string | Content }
  | { presses: string }
  | { claims: OperatorKey }
  | { writes: string }
  | { fails: string }
  | { transfersTo: OperatorKey; note: string }
  | { closes: string }
);

export type Person = { name: string; language: string; steps: Step[] };

const sticker = (keyword: string): Content => ({
  type: 'sticker',
  packageId: '11537',
  stickerId: '52002734',
  keywords: [keyword],
});

export const PEOPLE: Person[] = [
  // Waiting
  {
    name: 'ก๊วนคอนโด ชั้น 12',
    language: 'th',
    steps: [
      { ago: 9, says: 'สวัสดีค่ะ มีโต๊ะกลางไม้สักไหมคะ' },
      { ago: 8, says: 'ขอคุยกับเจ้าหน้าที่ค่ะ' },
      { ago: 7, says: 'ต้องการส่งภายในเสาร์นี้ ที่คอนโดย่านพระราม 3 ได้ไหมคะ' },
    ],
  },
  {
    name: '佐々木 ゆう子（バンコク駐在）',
    language: 'ja',
    steps: [
      { ago: 5, says: 'こんにちは。食器棚の在庫はありますか？' },
      { ago: 4, says: 'オペレーターをお願いします' },
      { ago: 3, says: '木曜の午後でしたら在宅しております。' },
    ],
  },
  {
    name: 'Christopher Wattanapanich-Henderson',
    language: 'en',
    steps: [
      { ago: 3, says: 'The armrest arrived with a crack. I need to talk to a human, please.' },
      { ago: 2, says: { type: 'image' } },
      { ago: 2, says: 'This is the left one.' },
    ],
  },
  {
    name: 'สมหญิง ปิ่นทองคำ',
    language: 'th',
    steps: [
      { ago: 1, says: 'สวัสดีค่ะ' },
      { ago: 1, presses: 'action=human' },
    ],
  },
  // Active
  {
    name: 'กัญญารัตน์ ตั้งศรีไพบูลย์วัฒนา (แอน)',
    language: 'th',
    steps: [
      { ago: 2_900, says: 'ร้านเปิดกี่โมงคะ คุยกับเจ้าหน้าที่ได้ไหม' },
      { ago: 2_895, claims: 'nok' },
      { ago: 2_894, writes: 'เปิดทุกวัน 9:00–18:00 ค่ะ' },
      { ago: 2_890, closes: 'ตอบคำถามแล้ว' },
      { ago: 64, says: 'คุยกับเจ้าหน้าที่' },
      { ago: 62, claims: 'nok' },
      { ago: 61, says: 'ม้านั่งตัวที่สั่งไป ขาข้างซ้ายมีรอยแตกเล็กๆ แบบในรูปนี้ ปกติไหมคะ หรือว่าต้องเปลี่ยนตัวใหม่' },
      { ago: 61, says: { type: 'image' } },
      {
        ago: 60,
        writes: 'เป็นลายไม้สักตามธรรมชาติค่ะ ไม่กระทบความแข็งแรง แต่ถ้าไม่สบายใจเปลี่ยนตัวใหม่ให้ได้ภายใน 7 วัน ไม่มีค่าใช้จ่ายนะคะ',
      },
      { ago: 58, says: sticker('ขอบคุณ') },
      { ago: 2, says: 'แล้วถ้าเป็นไม้สักเก่า ราคาจะต่างจากรุ่นนี้ประมาณเท่าไหร่คะ' },
    ],
  },
  {
    name: '田中 美咲',
    language: 'ja',
    steps: [
      { ago: 45, says: 'オペレーターにつないでください' },
      { ago: 43, claims: 'haruka' },
      { ago: 42, writes: 'お問い合わせありがとうございます。遥が承ります。' },
      { ago: 40, says: '請求書の宛名を「株式会社みどり商店」に変更できますか。' },
      { ago: 38, writes: '承知いたしました。本日中に再発行してお送りします。' },
      { ago: 30, says: 'ありがとうございます。助かります。' },
    ],
  },
  {
    name: 'ฟ้าใส ❤ mommy น้องปั้นแป้ง',
    language: 'th',
    steps: [
      { ago: 25, says: 'อยากคุยกับเจ้าหน้าที่ เรื่องเตียงเด็กค่ะ' },
      { ago: 24, claims: 'thanawat' },
      { ago: 23, writes: 'สวัสดีครับ สนใจรุ่นไหนครับ' },
      { ago: 20, says: 'รุ่นที่มีราวกั้นค่ะ สูงกี่เซน' },
      { ago: 12, writes: 'ราวกั้นสูง 60 ซม. ครับ' },
      { ago: 11, fails: 'You have reached your monthly limit.' },
    ],
  },
  {
    name: 'Marguerite Kowalczyk',
    language: 'en',
    steps: [
      { ago: 90, says: 'Can a human help me with delivery to Chiang Mai?' },
      { ago: 88, claims: 'thanawat' },
      { ago: 86, writes: 'Of course. Where exactly should it go?' },
      {
        ago: 80,
        says: {
          type: 'location',
          title: 'Nimman Soi 9',
          address: 'Suthep, Mueang Chiang Mai',
          latitude: 18.796,
          longitude: 98.967,
        },
      },
      { ago: 75, transfersTo: 'nok', note: 'Knows the Chiang Mai carrier.' },
      { ago: 70, writes: 'Hello Marguerite, Nok here. We deliver there every Tuesday; the fee is 900 baht.' },
      { ago: 20, says: 'Tuesday is perfect, thank you!' },
    ],
  },
  // With the bot
  { name: 'Ploy ✿ พลอยไพลิน', language: 'th', steps: [{ ago: 35, says: 'มีแคตตาล็อกไหมคะ' }] },
  {
    name: '長谷川 健太郎',
    language: 'ja',
    steps: [
      { ago: 150, says: '営業時間を教えてください' },
      { ago: 149, says: sticker('お願い') },
    ],
  },
  { name: 'Ben Okafor', language: 'en', steps: [{ ago: 300, says: 'Do you sell teak oil?' }] },
  // Closed
  {
    name: 'ณัฐพงษ์ (รับเหมา ปทุมฯ)',
    language: 'th',
    steps: [
      { ago: 1_500, says: 'คุยกับเจ้าหน้าที่ครับ ขอใบเสนอราคา' },
      { ago: 1_490, claims: 'thanawat' },
      { ago: 1_488, says: { type: 'file', name: 'แบบแปลนชั้น2.pdf', sizeBytes: 284_113 } },
      { ago: 1_470, writes: 'ได้รับแบบแล้วครับ ส่งใบเสนอราคาภายในพรุ่งนี้เช้า' },
      { ago: 1_460, closes: 'ส่งใบเสนอราคา' },
    ],
  },
  {
    name: '渡辺（株式会社みどり商店 購買部）',
    language: 'ja',
    steps: [
      { ago: 4_400, says: 'オペレーター希望です。納期を教えてください。' },
      { ago: 4_390, claims: 'haruka' },
      { ago: 4_380, writes: '12月3日にお届け予定です。' },
      { ago: 4_375, says: '了解しました。' },
      { ago: 4_370, closes: '納期のご案内' },
    ],
  },
  {
    name: 'Sofia Lindqvist',
    language: 'en',
    steps: [
      { ago: 6_000, says: 'human' },
      { ago: 5_990, claims: 'nok' },
      { ago: 5_985, says: 'Wrong shop, sorry! Have a nice day.' },
      { ago: 5_980, writes: 'No trouble at all. Have a nice day, too.' },
      { ago: 5_975, closes: 'wrong shop' },
    ],
  },
];
