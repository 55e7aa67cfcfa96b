// Who is in the model, and what they are told when something cannot be done.

export const ME = "ann";
export const OTHER = "ben";

export const userOf = (user_id) => ({ user_id, nickname: user_id, profile_url: "", metadata: {}, require_auth_for_profile_image: false, is_active: true });

export class Refusal extends Error {
  constructor(code, message, temporary = false) {
    super(message);
    Object.assign(this, { code, temporary });
  }
}
