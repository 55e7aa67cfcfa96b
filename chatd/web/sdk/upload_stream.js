import { canceled, unreachable } from "./failure.js";

// A piece of a file that is not read within so long means that the connection is gone.
const SILENT_MS = 30_000;

/** Send a file as a stream, where requests do not tell how much has gone: what is read of it counts. As `upload_request.js`. */
export async function post(url, headers, file, { progress, signal }) {
  const ending = new AbortController();
  const end = () => ending.abort();
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(end, SILENT_MS);
  };
  let sent = 0;
  const counted = new TransformStream({
    transform(piece, sink) {
      alive();
      progress((sent += piece.byteLength));
      sink.enqueue(piece);
    },
  });
  if (signal?.aborted) throw canceled();
  signal?.addEventListener("abort", end);
  alive();
  try {
    const body = file.stream().pipeThrough(counted);
    const response = await fetch(url, { method: "POST", headers, body, duplex: "half", signal: ending.signal });
    return { status: response.status, text: await response.text() };
  } catch {
    throw signal?.aborted ? canceled() : unreachable();
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener("abort", end);
  }
}
