/** `show subscriber …` and `clear subscriber …`, and what both were called before. */

import { uint, word } from "../../../grammar/arguments.ts";
import { exec } from "../../../grammar/declaration.ts";
import { arg, kw, oneOf, opt, pick } from "../../../grammar/elements.ts";
import type { ExecContext } from "../../common/exec-context.ts";
import { sessionsByInterface } from "../show/sessions-by-interface.ts";
import {
  showSubscriberStatistics,
  showSubscribers,
  showSubscribersInDetail,
  subscriberStatistics,
} from "../show/subscriber-session.ts";
import { pppModel } from "../show/vpdn-models.ts";
import { CLEARED, clear, DONE, PRIVILEGED, print, refused, show } from "./words.ts";

const subscriber = pick("family", { subscriber: "Subscriber information", sss: "Subscriber Service Switch" });
const session = kw("session", "Sessions of subscribers");

const byUser = [kw("username", "Of a user"), arg("user", word(), "User name")] as const;
const byId = [kw("uid", "By unique identifier"), arg("id", uint(1, 4_294_967_295), "Unique identifier")] as const;

interface Which {
  readonly user?: string | undefined;
  readonly id?: number | undefined;
}

function chosen({ snapshot }: ExecContext, { user, id }: Which) {
  return sessionsByInterface(snapshot).filter(
    (one) => (user ?? one.ppp.peerName) === one.ppp.peerName && (id ?? one.session) === one.session,
  );
}

export const showSubscriberSessionCommands = [
  exec({
    form: [
      show,
      subscriber,
      session,
      opt(oneOf([pick("style", { all: "Everything of each", detailed: "Everything of each" })], byUser, byId)),
    ],
    run: (context: ExecContext, { style, user, id }) => {
      const sessions = chosen(context, { user, id });
      const isWhole = style !== undefined || user !== undefined || id !== undefined;
      const lines = (isWhole ? showSubscribersInDetail : showSubscribers)(context.snapshot, sessions);
      return print(lines, pppModel(context.snapshot, sessions));
    },
  }),
  exec({
    form: [show, subscriber, kw("statistics", "How many sessions there are and were")],
    run: ({ snapshot }: ExecContext) => {
      const counted = subscriberStatistics(snapshot);
      return print(showSubscriberStatistics(counted), counted);
    },
  }),
];

export const clearSubscriberCommands = [
  exec({
    level: PRIVILEGED,
    form: [clear, subscriber, session, oneOf([pick("all", { all: "All of them" })], byUser, byId)],
    run: (context: ExecContext, { user, id }) => {
      const sessions = chosen(context, { user, id });
      if (sessions.length === 0 && id !== undefined) return refused(`% There is no session ${id}`);
      for (const one of sessions) context.request({ type: "closeSession", session: one.session, reason: CLEARED });
      return DONE;
    },
  }),
];
