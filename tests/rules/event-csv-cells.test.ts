import { expect, test } from 'vitest'
import { readCapacity, readDay, readTime } from '#sessions/domain/event-csv-cells.ts'

const said = (reading: { is: string; value?: unknown }) => ('value' in reading ? reading.value : reading.is)

test.each([
  ['2022-01-24', '2022-01-24'],
  ['2022/1/24', '2022-01-24'],
  ['２０２２／１／２４', '2022-01-24'],
  ['2022.01.24', '2022-01-24'],
  ['20220124', '2022-01-24'],
  ['2022年1月24日', '2022-01-24'],
  ['令和4年1月24日', '2022-01-24'],
  ['令和４年１月２４日（月）', '2022-01-24'],
  ['令和4年1月24日(月曜日)', '2022-01-24'],
  ['R4.1.24', '2022-01-24'],
  ['令和元年5月1日', '2019-05-01'],
  ['2022/1/24 0:00:00', '2022-01-24'],
  ['2024-02-29', '2024-02-29'],
  ['2022-02-29', 'impossible'],
  ['2022/13/1', 'impossible'],
  ['令和4年2月30日', 'impossible'],
  ['令和4年0月1日', 'impossible'],
  ['令和4年1月24日(火)', 'unclear'],
  ['平成35年1月24日', 'unclear'],
  ['令和元年4月30日', 'unclear'],
  ['22/1/24', 'unclear'],
  ['24/1/2022', 'unclear'],
  ['1月24日', 'unclear'],
  ['2022-01/24', 'unclear'],
  ['44585', 'unclear'],
  ['毎週火曜日', 'unclear'],
  ['2022-01-24、25', 'unclear'],
  ['', 'empty'],
  ['　', 'empty'],
])('the day %s reads as %s', (cell, expected) => {
  expect(said(readDay(cell))).toBe(expected)
})

test.each([
  ['10:30', '10:30'],
  ['９：３０', '09:30'],
  ['13:30:00', '13:30'],
  ['午後1時30分', '13:30'],
  ['午後１時半', '13:30'],
  ['午前10時', '10:00'],
  ['午後0時15分', '12:15'],
  ['正午', '12:00'],
  ['13時30分', '13:30'],
  ['1時30分', 'unclear'],
  ['午後13時', 'unclear'],
  ['午後12時30分', 'unclear'],
  ['10:30〜12:00', 'unclear'],
  ['10時頃', 'unclear'],
  ['24:00', 'unclear'],
  ['10:75', 'unclear'],
  ['午前10時75分', 'unclear'],
  ['', 'empty'],
])('the time %s reads as %s', (cell, expected) => {
  expect(said(readTime(cell))).toBe(expected)
})

test.each([
  ['20', 20],
  ['２０', 20],
  ['20名', 20],
  ['500人', 500],
  ['20名程度', 'unclear'],
  ['各回10', 'unclear'],
  ['10〜15', 'unclear'],
  ['1,000', 'unclear'],
  ['501', 'unclear'],
  ['0', 'unclear'],
  ['-5', 'unclear'],
  ['1.5', 'unclear'],
  ['②', 'unclear'],
  ['', 'empty'],
])('the capacity %s reads as %s', (cell, expected) => {
  expect(said(readCapacity(cell))).toBe(expected)
})
