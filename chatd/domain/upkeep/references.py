"""Whether what does not follow from the log names what there is: applications, tokens, sessions, accounts."""

from __future__ import annotations

from chatd.domain.push.devices import token_key
from chatd.domain.upkeep.erasure import DONE
from chatd.model import Session
from chatd.store import tables
from chatd.store.blobs import Blobs
from chatd.store.findings import Findings
from chatd.store.transaction import Transaction


def check_references(txn: Transaction, findings: Findings) -> None:
    """Check the shared tables, and the tables of each application that lead back to them."""
    _check_names(txn, findings)
    for (digest,), token in txn.scan(tables.API_TOKENS):
        if txn.get(tables.APPLICATIONS, token.application) is None:
            findings.add("API tokens are of applications that exist", f"{digest.hex()}: {token.application}")
    _check_accounts(txn, findings)
    for (digest,), session in txn.scan(tables.SESSIONS):
        if not _is_of_its_user(txn, digest, session):
            findings.add("sessions are of users who list them", f"{digest.hex()}: {session}")
    for (number,), _ in txn.scan(tables.APPLICATIONS):
        _check_user_sessions(txn.bind(number), findings)


def check_last_seen(txn: Transaction, findings: Findings) -> None:
    """Check that what is kept of when users were connected is of users whom the application has."""
    if not txn.has(tables.LAST_SEEN):
        return
    for (number,), _ in txn.scan(tables.LAST_SEEN):
        user = txn.get(tables.USERS, number)
        if user is None or txn.get(tables.USER_IDS, user.user_id) != number:
            findings.add("last_seen are of users that exist", f"application {txn.application}: user {number}")


def check_uploads(txn: Transaction, findings: Findings) -> None:
    """Check that uploads are of users whom the application knows, and that no message uses them."""
    if not txn.has(tables.UPLOADS):
        return
    for (user, file_id), _ in txn.scan(tables.UPLOADS):
        where = f"application {txn.application}: user {user}, {file_id}"
        if user and txn.get(tables.USERS, user) is None:
            findings.add("uploads are of users that exist", where)
        if txn.get(tables.FILES, file_id) is not None:
            findings.add("uploads are used by no message", where)


def check_privacy(txn: Transaction, findings: Findings) -> None:
    """Check that of those who were forgotten nothing is left but their numbers."""
    if not txn.has(tables.PRIVACY_REQUESTS):
        return
    for (number,), request in txn.scan(tables.PRIVACY_REQUESTS):
        records = [txn.get(tables.USERS, user) for user in request.users]
        is_done = request.status == DONE
        if None in records or (is_done and (request.user_ids or any(each and each.user_id for each in records))):
            findings.add("privacy requests that are done name nobody", f"application {txn.application}: {number}")


def check_deliveries(txn: Transaction, findings: Findings) -> None:
    """Check that lanes are those that have something to deliver, each due once."""
    if not txn.has(tables.LANES):
        return
    where = f"application {txn.application}"
    lanes = {key: lane.due_at for key, lane in txn.scan(tables.LANES)}
    if {key[:2] for key, _ in txn.scan(tables.DELIVERIES)} != set(lanes):
        findings.add("lanes are those with deliveries", where)
    due = sorted((target, lane, due_at) for (target, due_at, lane), _ in txn.scan(tables.LANES_DUE))
    if due != sorted((*key, due_at) for key, due_at in lanes.items()):
        findings.add("lanes are due once", where)
    if max((key[2] for key, _ in txn.scan(tables.DELIVERIES)), default=0) > txn.head.sequence:
        findings.add("deliveries are of events of the log", where)


def check_devices(txn: Transaction, findings: Findings) -> None:
    """Check that devices are found by their users and their tokens, and that no number was given that is to come."""
    if not txn.has(tables.PUSH_TOKENS):
        return
    where = f"application {txn.application}"
    devices = {number: device for (number,), device in txn.scan(tables.PUSH_TOKENS)}
    if {key for key, _ in txn.scan(tables.PUSH_TOKENS_OF)} != {(each.user, n) for n, each in devices.items()}:
        findings.add("devices are listed under their users", where)
    if {key[0]: number for key, number in txn.scan(tables.PUSH_TOKEN_NUMBERS)} != {
        token_key(each.kind, each.token): number for number, each in devices.items()
    }:
        findings.add("devices are found by their tokens", where)
    if max(devices, default=0) > (txn.get(tables.PUSH_TOKENS_MADE) or 0):
        findings.add("devices have numbers that were given", where)


def check_files(txn: Transaction, blobs: Blobs, findings: Findings, digests: bool) -> None:
    """Check that the file of every message is on disk, with its length, and with `digests` that it is the same."""
    if not txn.has(tables.FILES):
        return
    for (file_id,), use in txn.scan(tables.FILES):
        where = f"application {txn.application}, message {use.message}: {file_id}"
        size = blobs.size(txn.application, file_id)
        if size < 0:
            findings.add("files of messages are on disk", where)
        elif size != use.file.size:
            findings.add("files are what was sent", f"{where} has {size} bytes, not {use.file.size}")
        elif digests and blobs.digest(txn.application, file_id) != use.file.sha256:
            findings.add("files are what was sent", f"{where} has another SHA-256")


def _check_names(txn: Transaction, findings: Findings) -> None:
    invariant = "application_names are those of applications"
    for (number,), application in txn.scan(tables.APPLICATIONS):
        if application.number != number or txn.get(tables.APPLICATION_NAMES, application.name) != number:
            findings.add(invariant, f"application {number} is not found as {application.name}")
    for (number,), _ in txn.scan(tables.UNLISTED) if txn.has(tables.UNLISTED) else ():
        if txn.get(tables.APPLICATIONS, number) is not None:
            findings.add("no number is used twice", f"application {number} is listed and unlisted")
    for (name,), number in txn.scan(tables.APPLICATION_NAMES):
        found = txn.get(tables.APPLICATIONS, number)
        if found is None or found.name != name:
            findings.add(invariant, f"{name} leads to {number}")


def _check_accounts(txn: Transaction, findings: Findings) -> None:
    for (login,), account in txn.scan(tables.ACCOUNTS):
        if account.login != login or txn.get(tables.APPLICATIONS, account.application) is None:
            findings.add("accounts are users of applications that exist", f"{login}: {account.application}")
    for (digest,), session in txn.scan(tables.ACCOUNT_SESSIONS):
        if txn.get(tables.ACCOUNTS, session.login) is None:
            findings.add("account sessions are of accounts that exist", f"{digest.hex()}: {session.login}")
    _check_beside_accounts(txn, findings)
    for (number, login), _ in txn.scan(tables.TEAMS) if txn.has(tables.TEAMS) else ():
        if txn.get(tables.ACCOUNTS, login) is None or txn.get(tables.APPLICATIONS, number) is None:
            findings.add("teams are accounts that exist, of applications that do", f"application {number}: {login}")


def _check_beside_accounts(txn: Transaction, findings: Findings) -> None:
    for (digest,), reset in txn.scan(tables.PASSWORD_RESETS) if txn.has(tables.PASSWORD_RESETS) else ():
        if txn.get(tables.ACCOUNTS, reset.login) is None:
            findings.add("resets of passwords are of accounts that exist", f"{digest.hex()}: {reset.login}")
    for (digest,), linked in txn.scan(tables.IDENTITIES) if txn.has(tables.IDENTITIES) else ():
        if txn.get(tables.ACCOUNTS, linked.login) is None:
            findings.add("identities are linked to accounts that exist", f"{digest.hex()}: {linked.login}")
    for (login,), _ in txn.scan(tables.STARRED) if txn.has(tables.STARRED) else ():
        if txn.get(tables.ACCOUNTS, login) is None:
            findings.add("starred channels are of accounts that exist", login)


def _is_of_its_user(txn: Transaction, digest: bytes, session: Session) -> bool:
    if txn.get(tables.APPLICATIONS, session.application) is None:
        # They are removed with the rest of an application that leaves.
        return txn.has(tables.UNLISTED) and txn.get(tables.UNLISTED, session.application) == tables.LEAVING
    tenant = txn.bind(session.application)
    listed = next(tenant.scan(tables.USER_SESSIONS, session.user, start=(digest,)), None)
    user = tenant.get(tables.USERS, session.user)
    return listed is not None and listed[0][1] == digest and user is not None and user.user_id == session.user_id


def _check_user_sessions(txn: Transaction, findings: Findings) -> None:
    for (user, digest), _ in txn.scan(tables.USER_SESSIONS):
        session = txn.get(tables.SESSIONS, digest)
        if session is None or (session.application, session.user) != (txn.application, user):
            where = f"application {txn.application}: user {user}, {digest.hex()}"
            findings.add("user_sessions are sessions of their users", where)
