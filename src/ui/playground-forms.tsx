import { useState } from 'preact/hooks'
import { Button, ButtonLink, ButtonRow } from './button.tsx'
import { CheckField, ChoiceField } from './choice-field.tsx'
import { ErrorSummary, type FieldProblem } from './error-summary.tsx'
import { DateField, NumberField, TextArea, TextField, TimeField } from './field.tsx'
import { Form } from './form.tsx'
import { Section } from './heading.tsx'
import { SelectField } from './select-field.tsx'

const NEEDED = { required: true, requirement: '※必須' } as const
const OPTIONAL = { requirement: '※任意' } as const

/** The forms of the playground: a resident's, one with everything wrong, an organizer's. */
export function PlaygroundForms() {
  return (
    <>
      <ResidentForm />
      <WrongForm />
      <OrganizerForm />
    </>
  )
}

/** Finds what is missing when it is sent, as a page of the product would. */
function ResidentForm() {
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const problemOf = (name: string) => problems.find(({ fieldId }) => fieldId === name)?.text
  const send = (form: HTMLFormElement) => {
    const words = new FormData(form)
    const missing = [
      { fieldId: 'name', text: 'お名前を書いてください。' },
      { fieldId: 'os', text: 'お使いのスマートフォンをえらんでください。' },
    ]
    setProblems(missing.filter(({ fieldId }) => !words.get(fieldId)))
  }
  return (
    <Section id="resident" heading="あなたのことを教えてください">
      <ErrorSummary
        kindWord="確かめてください"
        heading={`${problems.length}か所を直してください`}
        problems={problems}
      />
      <Form id="resident-form" action="#resident" onSend={send}>
        <TextField name="name" label="お名前" {...NEEDED} autoComplete="name" error={problemOf('name')} />
        <TextField name="kana" label="ふりがな" {...NEEDED} hint="ひらがなで書いてください。例）やまだ はなこ" />
        <TextField
          name="phone"
          label="電話番号"
          {...NEEDED}
          type="tel"
          width="medium"
          autoComplete="tel"
          hint="変わったことがあったときに、市からお電話します。"
        />
        <ChoiceField
          name="os"
          label="お使いのスマートフォン"
          {...NEEDED}
          error={problemOf('os')}
          choices={[
            { value: 'iphone', label: 'iPhone（アイフォン）', note: '裏にりんごの絵があります' },
            { value: 'android', label: 'Android（アンドロイド）' },
            { value: 'none', label: '持っていない', note: '当日お貸しします' },
          ]}
        />
        <CheckField name="large-print" label="大きい文字の資料がほしい" />
        <ButtonRow>
          <Button type="submit">申し込む</Button>
          <ButtonLink kind="outline" href="#classes">
            教室をえらび直す
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Section>
  )
}

function WrongForm() {
  return (
    <Section id="wrong" heading="書き直すところがあるとき">
      <Form action="#wrong">
        <TextField
          name="wrong-phone"
          label="電話番号"
          {...NEEDED}
          type="tel"
          width="medium"
          defaultValue="0996"
          hint="例）0996-00-0000"
          error="番号が足りないようです。市外局番から書いてください。"
        />
        <ChoiceField
          name="wrong-way"
          label="ご連絡のしかた"
          {...NEEDED}
          beside
          defaultValue="phone"
          error="どちらかをえらんでください。"
          choices={[
            { value: 'phone', label: '電話' },
            { value: 'letter', label: '手紙' },
          ]}
        />
        <CheckField
          name="wrong-agree"
          label="説明を読みました"
          {...NEEDED}
          defaultChecked
          error="読んだら、ここを押してください。"
        />
      </Form>
    </Section>
  )
}

function OrganizerForm() {
  return (
    <Section id="organizer" heading="回をつくる（主催者用）">
      <Form id="organizer-form" action="#organizer">
        <DateField name="held-on" label="開催日" {...NEEDED} defaultValue="2026-05-12" />
        <TimeField name="start-time" label="開始" {...NEEDED} defaultValue="10:00" stepMin={5} />
        <NumberField name="capacity" label="定員" {...NEEDED} unit="人" defaultValue="15" />
        <SelectField
          name="venue"
          label="会場"
          {...NEEDED}
          emptyWord="えらんでください"
          defaultValue="hall"
          options={[
            { value: 'hall', label: '中央公民館' },
            { value: 'center', label: '羽島交流センター' },
          ]}
        />
        <TextArea
          name="note"
          label="申し込む方へのお知らせ"
          {...OPTIONAL}
          hint="教室のページに出ます。"
          defaultValue={'駐車場は建物の裏です。\n入口でお待ちします。'}
        />
        <TextField name="file" type="file" accept=".csv" label="行事の一覧（CSVファイル）" {...OPTIONAL} />
        <Button type="submit" kind="outline">
          下書きに保存する
        </Button>
      </Form>
    </Section>
  )
}
