import { join } from 'node:path'
import { outputFileSync } from 'fs-extra/esm'
import { beginRepository } from '../git-steps.ts'

// The repository that the demo starts from: a small orders service in plain Node, no dependency, with a green suite.

const orders = `const orders = []

/** Adds an order of \`quantity\` pieces at \`cents\` each. */
export function addOrder(item, quantity, cents) {
  const order = { id: orders.length + 1, item, quantity, cents }
  orders.push(order)
  return order
}

export const allOrders = () => [...orders]

export const total = order => order.quantity * order.cents
`

const server = `import { createServer } from 'node:http'
import { addOrder, allOrders } from './orders.js'

export const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/orders' && request.method === 'POST') {
    const { item, quantity, cents } = await bodyOf(request)
    if (!Number.isInteger(quantity) || quantity < 1) return send(response, 400, 'quantity')
    return send(response, 201, JSON.stringify(addOrder(item, quantity, cents)))
  }
  if (pathname === '/orders') return send(response, 200, JSON.stringify(allOrders()))
  return send(response, 404, 'not found')
})

async function bodyOf(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}

function send(response, status, body) {
  response.writeHead(status).end(body)
}
`

const test = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { total } from '../src/orders.js'

test('the total of an order is its quantity times the price', () => {
  assert.equal(total({ quantity: 3, cents: 250 }), 750)
})
`

const readme = `# orders

A small service that takes orders and totals them. Amounts are whole cents.

- \`POST /orders\` takes \`{item, quantity, cents}\`
- \`GET /orders\` lists them

Ideas: a CSV export.
`

const manifest = {
  name: 'orders',
  version: '1.0.0',
  description: 'Takes orders and totals them',
  private: true,
  type: 'module',
  scripts: { start: 'node src/server.js', test: 'node --test' },
}

type Options = {
  env: Record<string, string>
  /** A file outside the repository to which each run of \`npm test\` appends a line. */
  testLog?: string
}

/** Writes the service into `folder` and commits it. */
export function makeScratchService(folder: string, { env, testLog }: Options): void {
  const scripts = testLog ? { ...manifest.scripts, pretest: `echo ran >> "${testLog}"` } : manifest.scripts
  const files = {
    'package.json': `${JSON.stringify({ ...manifest, scripts }, null, 2)}\n`,
    'README.md': readme,
    'src/orders.js': orders,
    'src/server.js': server,
    'test/orders.test.js': test,
  }
  for (const [path, text] of Object.entries(files)) {
    outputFileSync(join(folder, path), text)
  }
  beginRepository(folder, env, 'Take orders and total them')
}
