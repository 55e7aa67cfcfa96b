/**
 * How a person is called.
 * @param {{ user_id: string, nickname: string }} user
 */
export function nameOf(user) {
  return user.nickname || user.user_id;
}
