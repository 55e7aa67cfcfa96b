// A poll in each channel of the model, from the beginning.
import { ME, OTHER, Refusal } from "./people.mjs";

export class Polls {
  #model;
  /** {url, options, votes, isClosed}; ids are places, from 1 on, of polls and of their options. */
  #polls;

  constructor(model, urls) {
    this.#model = model;
    this.#polls = urls.map((url) => ({ url, options: ["Tea", "Coffee"], votes: new Map(), isClosed: false }));
  }

  idOf(url) {
    return this.#polls.findIndex((poll) => poll.url === url) + 1;
  }

  view(id) {
    const poll = this.#find(id);
    const named = (option, number) => ({ ...option, partial_voter_list: voters(poll, number + 1).map((user_id) => ({ user_id })) });
    const resource = this.#resource(id, poll);
    return { ...resource, options: resource.options.map(named), voted_option_ids: poll.votes.get(ME) ?? [] };
  }

  vote(id, userId, optionIds) {
    const poll = this.#open(id);
    if (optionIds.some((each) => each > poll.options.length)) throw new Refusal(400, "no such option");
    poll.votes.set(userId, optionIds);
    this.#model.next();
    const counts = () => this.#resource(id, poll).options.map(({ id: each, vote_count }) => ({ id: each, vote_count }));
    this.#model.tellIn(poll.url, "poll.voted", () => ({ poll_id: id, voter_count: voterCount(poll), options: counts(), user_id: userId, option_ids: optionIds }));
    return this.#resource(id, poll);
  }

  suggest(id, text) {
    const poll = this.#open(id);
    poll.options.push(text);
    return this.#changed(id, poll);
  }

  close(id) {
    const poll = this.#open(id);
    poll.isClosed = true;
    return this.#changed(id, poll);
  }

  #changed(id, poll) {
    this.#model.next();
    this.#model.tellIn(poll.url, "poll.updated", () => ({ poll: this.#resource(id, poll) }));
    return this.#resource(id, poll);
  }

  #find(id) {
    const poll = this.#polls[id - 1];
    this.#model.channel(poll.url);
    return poll;
  }

  #open(id) {
    const poll = this.#find(id);
    if (poll.isClosed) throw new Refusal(400, "it is closed");
    return poll;
  }

  #resource(id, poll) {
    const options = poll.options.map((text, number) => ({ id: number + 1, text, vote_count: voters(poll, number + 1).length, created_by: OTHER }));
    const may = { is_anonymous: false, allow_multiple_votes: true, allow_user_suggestion: true };
    return { id, title: "What to drink?", status: poll.isClosed ? "closed" : "open", close_at: -1, created_by: OTHER, ...may, voter_count: voterCount(poll), options };
  }
}

function voters({ votes }, optionId) {
  return [...votes].filter(([, chosen]) => chosen.includes(optionId)).map(([userId]) => userId);
}

function voterCount({ votes }) {
  return [...votes.values()].filter((chosen) => chosen.length > 0).length;
}
