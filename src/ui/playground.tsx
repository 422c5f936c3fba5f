import { useState } from 'preact/hooks'
import { Banner, News } from './banner.tsx'
import { Button, ButtonLink, ButtonRow } from './button.tsx'
import { CardLink, CardList } from './card-list.tsx'
import { Chip } from './chip.tsx'
import { DescriptionList } from './description-list.tsx'
import { ConfirmDialog } from './dialog.tsx'
import { BigNumber, ProgressRatio, Steps } from './figures.tsx'
import { Heading, Section } from './heading.tsx'
import { LinkList } from './link-list.tsx'
import { ListIndex } from './list-index.tsx'
import { PageFrame, Stack } from './page.tsx'
import { PlaygroundForms } from './playground-forms.tsx'
import { Table } from './table.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Every component in every state on one page: to look at, and for the tests to measure. */
export function Playground() {
  return (
    <PageFrame
      product="よろず"
      city="みなと市（見本）"
      home={{ href: '#', text: 'ホームへ戻る' }}
      skipWord="本文へ移動"
      language={<LinkList quiet label="言語" links={LANGUAGES} />}
      navigation={<LinkList label="メニュー" links={MENU} />}
      status="2件の記録が、送信を待っています。記録はこの端末に残っています。"
      help={{
        heading: 'お困りのときは、お電話ください',
        phone: '0996-00-0000',
        hours: '月曜から金曜、午前8時30分から午後5時15分まで',
      }}
      footer={<LinkList quiet label="このサイトについて" links={ABOUT} />}
    >
      <Heading level={1} lead="部品の見本です。すべての状態を、ひとつのページで見られます。">
        スマホ教室に申し込む
      </Heading>
      <Steps words="3つのうち1つ目：教室をえらぶ" current={1} total={3} />
      <Lists />
      <Banners />
      <Buttons />
      <PlaygroundForms />
      <Figures />
    </PageFrame>
  )
}

const LANGUAGES = [
  { href: '#ja', text: '日本語', current: true },
  { href: '#en', text: 'English', lang: 'en' },
  { href: '#ja-easy', text: 'やさしい日本語' },
]
const MENU = [
  { href: '#classes', text: '教室をさがす', current: true },
  { href: '#mine', text: '申し込みをたしかめる' },
  { href: '#help-desk', text: 'よろず相談所' },
]
const ABOUT = [{ href: '#accessibility', text: 'ウェブアクセシビリティ方針' }]

function Lists() {
  return (
    <>
      <Section id="classes" heading="申し込める教室">
        <CardList>
          <CardLink
            href="#one"
            heading="はじめてのスマホ教室（LINEを使ってみよう）"
            chip={<Chip tone="good">受付中</Chip>}
          >
            <p>令和8年（2026年）5月12日（火）午前10時から正午まで</p>
            <p>中央公民館　あと8席</p>
          </CardLink>
          <CardLink href="#two" heading="写真の撮り方と送り方" chip={<Chip tone="care">残りわずか</Chip>}>
            <p>令和8年（2026年）5月19日（火）午後1時30分から午後3時まで</p>
            <p>羽島交流センター　あと2席</p>
          </CardLink>
          <CardLink href="#three" heading="地図アプリで出かけよう" chip={<Chip tone="info">満員・キャンセル待ち</Chip>}>
            <p>令和8年（2026年）5月26日（火）午前10時から正午まで</p>
          </CardLink>
        </CardList>
      </Section>
      <Section id="details" heading="教室のくわしい内容">
        <DescriptionList
          items={[
            { term: '日にち', detail: '令和8年（2026年）5月12日（火）', strong: true },
            { term: '時間', detail: '午前10時から正午まで', strong: true },
            { term: '場所', detail: '中央公民館　2階　第1会議室' },
            { term: '持ち物', detail: 'お持ちのスマートフォン。ない方にはお貸しします。' },
          ]}
        />
      </Section>
      <Section id="roster" heading="名簿（職員用の一覧）">
        <ListIndex label="五十音" entries={KANA} />
        <CardList dense label="あ行の方">
          <CardLink href="#a1" heading="﨑山 ハル" level={3}>
            さきやま はる
          </CardLink>
          <CardLink href="#a2" heading="髙橋 權左衛門" level={3} chip={<Chip tone="plain">締切</Chip>} />
          <CardLink href="#a3" heading="山田 花子" level={3} chip={<Chip tone="bad">中止</Chip>} />
        </CardList>
      </Section>
    </>
  )
}

const KANA = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'].map((text, index) => ({
  text,
  ...(index === 4 || index === 8 ? {} : { href: `#row-${index}` }),
  current: index === 2,
}))

function Banners() {
  return (
    <Section id="banners" heading="お知らせ">
      <Stack>
        <News>
          <Banner kind="success" kindWord="できました" heading="席をお取りしました">
            <p>受付番号は 4821 です。当日、受付でお伝えください。</p>
          </Banner>
        </News>
        <Banner kind="info" kindWord="お知らせ" heading="キャンセル待ちの2番目です" announce={false}>
          <p>席があいたら、市からお電話します。</p>
        </Banner>
        <Banner kind="warning" kindWord="気をつけてください" heading="この回には、まだ申し込みがありません">
          <p>このまま受け付けることもできます。</p>
        </Banner>
        <Banner kind="error" kindWord="送れませんでした" heading="市の機械につながりません">
          <p>
            書いたことは、この端末に残っています。電波のある所で、もう一度押してください。お急ぎのときは
            <a href="tel:0996000000">0996-00-0000</a>へお電話ください。
          </p>
        </Banner>
      </Stack>
    </Section>
  )
}

function Buttons() {
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState('まだ答えていません')
  const close = (words: string) => {
    setAnswer(words)
    setAsking(false)
  }
  return (
    <Section id="buttons" heading="ボタン">
      <ButtonRow>
        <Button>申し込む</Button>
        <Button busyWord="送っています">申し込む</Button>
        <ButtonLink kind="outline" href="#back">
          教室をえらび直す
        </ButtonLink>
      </ButtonRow>
      <ButtonRow>
        <Button kind="outline" pressed label="山田 花子さんを受け付ける（受付ずみ）">
          山田 花子
        </Button>
        <Button size="small">保存する</Button>
        <Button size="small" kind="outline">
          印刷する
        </Button>
        <ButtonLink size="small" kind="text" href="#top">
          前の画面に戻る
        </ButtonLink>
      </ButtonRow>
      <Button wide kind="outline" id="ask" onClick={() => setAsking(true)}>
        この回を中止する
      </Button>
      <p id="answer">{answer}</p>
      <ConfirmDialog
        id="cancel-session"
        open={asking}
        heading="この回を中止しますか"
        confirmWord="中止する"
        cancelWord="やめて戻る"
        onConfirm={() => close('中止しました')}
        onCancel={() => close('中止していません')}
      >
        <p>申し込んだ12人の電話番号の一覧が出ます。</p>
      </ConfirmDialog>
    </Section>
  )
}

function Figures() {
  return (
    <Section id="figures" heading="今年度の数字">
      <BigNumber
        label="スマホ教室の参加人数（延べ）"
        value="1,132"
        unit="人"
        note={<a href="#rows">もとになった記録を見る</a>}
      />
      <ProgressRatio
        id="kpi-class"
        label="目標までの道のり"
        value={132}
        target={200}
        words="200人のうち132人（66％）"
      />
      <ProgressRatio
        id="kpi-over"
        label="目標をこえたとき"
        value={240}
        target={200}
        words="200人のうち240人（120％）"
      />
      <ProgressRatio id="kpi-none" label="目標がないとき" value={3} target={0} words="3人（目標は決めていません）" />
      <Table
        caption="指標と実績"
        columns={[
          { head: '指標' },
          { head: '目標値', number: true },
          { head: '実績値（延べ）', number: true },
          { head: 'ようす' },
        ]}
        rows={[
          { key: 'class', cells: ['スマホ教室・講座参加人数', '200人', '132人', <Chip tone="good">順調</Chip>] },
          { key: 'desk', cells: ['スマホよろず相談所利用者', '400人', '88人', <Chip tone="care">おくれ</Chip>] },
          { key: 'trainee', cells: [<a href="#t">スマホ講師養成数</a>, '15人', '―', <Chip tone="plain">未集計</Chip>] },
        ]}
      />
      <p>
        くわしくは<a href="#plan">計画のページ</a>をごらんください。
        <VisuallyHidden>計画は別のページです。</VisuallyHidden>
      </p>
    </Section>
  )
}
