/** What sends files is loaded with the first of them. */
export function uploadsOf(origin, tokens) {
  let uploads = null;
  const load = async () => {
    const { Uploads } = await import("./uploads.js");
    return (uploads ??= new Uploads(origin, tokens));
  };
  return { send: async (file, more) => (await load()).send(file, more) };
}
