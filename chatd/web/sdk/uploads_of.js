/** What sends files is loaded with the first of them. */
export function uploadsOf(origin, getToken) {
  let uploads = null;
  const load = async () => {
    const { Uploads } = await import("./uploads.js");
    return (uploads ??= new Uploads(origin, getToken));
  };
  return { send: async (file, more) => (await load()).send(file, more) };
}
