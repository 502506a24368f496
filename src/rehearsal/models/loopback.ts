import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on 127.0.0.1 that cannot outlive its purpose. */
export type Loopback = { port: number; close: () => void }

/**
 * Serves `answer` on a free port of 127.0.0.1.
 *
 * It never keeps our process alive by itself, and it ends its open connections on `close` or after `lifetimeMs`, so that
 * a program waiting for a scripted answer that never comes does not wait for ever.
 * @param lifetimeMs Hard limit in milliseconds, whatever happens.
 * @throws Error when no port can be had.
 */
export async function serveLoopback(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
  lifetimeMs: number,
): Promise<Loopback> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response))
  })
  const close = () => {
    clearTimeout(limit)
    server.close()
    server.closeAllConnections()
  }
  const limit = setTimeout(close, lifetimeMs)
  limit.unref()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  return { port: (server.address() as AddressInfo).port, close }
}

/** A server-sent event: its `type` is the event's name, the whole of it the data. */
export type StreamEvent = { type: string; [field: string]: unknown }

export function sendEvents(response: ServerResponse, events: StreamEvent[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  response.end()
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
