// The change that the scripted Claude makes to the scratch service, in its three states: red, green with three planted
// weaknesses, and fixed. The report divides by the number of orders, trusts every quantity, and has a table for formats.

const divides = 'revenue / orders.length'

/** The author forgets to round, and its own test says so. */
export const unrounded = `const average = ${divides}`
/** Green, but 0 / 0 for an empty list. */
export const rounded = `const average = Math.round(${divides})`
export const fixed = `const average = orders.length === 0 ? 0 : Math.round(${divides})`

export const reportFile = 'src/report.js'
export const reportSource = `import { total } from './orders.js'

const formats = { json: report => JSON.stringify(report) }

/** Number of orders, revenue and average order, in whole cents. */
export function salesReport(orders, format = 'json') {
  const revenue = orders.reduce((sum, order) => sum + total(order), 0)
  ${unrounded}
  return formats[format]({ orders: orders.length, revenue, average })
}
`

export const reportTestFile = 'test/report.test.js'
export const reportTest = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { salesReport } from '../src/report.js'

test('the report counts, adds up and averages in whole cents', () => {
  const orders = [100, 100, 101].map(cents => ({ quantity: 1, cents }))
  assert.equal(salesReport(orders), '{"orders":3,"revenue":301,"average":100}')
})
`
export const emptyListTest = `
test('a service without orders has an average of 0', () => {
  assert.equal(salesReport([]), '{"orders":0,"revenue":0,"average":0}')
})
`

export const serverFile = 'src/server.js'
export const serverImport = "import { addOrder, allOrders } from './orders.js'"
export const serverRoute = "  return send(response, 404, 'not found')"
export const reportRoute = "  if (pathname === '/report') return send(response, 200, salesReport(allOrders()))"

/** Number of the line that holds `quote` in the report as it stands once it is green. 1-based. */
export function reportLine(quote: string): number {
  const lines = reportSource.replace(unrounded, rounded).split('\n')
  return lines.findIndex(line => line.includes(quote)) + 1
}
