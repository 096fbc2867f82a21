#!/bin/sh
# After the files of this package are there: user, folders, key, settings, database, service. Each only where it is missing.
set -e

[ "$1" = configure ] || exit 0

user=email-gateway
data=/var/lib/email-gateway-backend
settings=/etc/email-gateway/backend.env
key=/etc/email-gateway/master.key
unit=email-gateway-backend.service

say() {
	echo "email-gateway-backend: $*"
}

if ! getent passwd "$user" >/dev/null; then
	adduser --system --group --quiet --no-create-home --home "$data" --gecos 'Email Gateway backend' "$user"
fi
[ -d /etc/email-gateway ] || install -d -m 755 /etc/email-gateway
[ -d "$data" ] || install -d -m 700 -o "$user" -g "$user" "$data"

# PostgreSQL of this machine knows the user by its socket, so that there is no password.
database=
prepare_postgresql() {
	[ -S /run/postgresql/.s.PGSQL.5432 ] || return 1
	command -v psql >/dev/null || return 1
	as_postgres() {
		(cd / && runuser -u postgres -- "$@")
	}
	has() {
		[ "$(as_postgres psql -XAtqc "$1" postgres 2>/dev/null)" = 1 ]
	}
	has "select 1 from pg_roles where rolname = '$user'" || as_postgres createuser "$user" || return 1
	has "select 1 from pg_database where datname = '$user'" ||
		as_postgres createdb --owner="$user" --encoding=UTF8 --template=template0 "$user" || return 1
	(cd / && runuser -u "$user" -- psql -XAtqc 'select 1' "$user" >/dev/null) || return 1
	database="postgres://$user@localhost/$user?host=/run/postgresql"
}

if [ ! -e "$settings" ]; then
	if [ -e "$data/database" ]; then
		:
	elif prepare_postgresql; then
		say 'its data goes into PostgreSQL on this machine.'
	else
		say 'there is no PostgreSQL on this machine, so its data goes into the embedded database.'
		say 'A power cut can cost that what came after its last hourly snapshot; for production install postgresql first.'
	fi
	umask 077
	cat >"$settings.new" <<SETTINGS
# Settings of the Email Gateway backend; after a change: systemctl restart email-gateway-backend
# Every one is in /usr/share/doc/email-gateway-backend/settings.example with its reason.

# The https address by which WordPress reaches this backend. Empty: only a WordPress on this machine does.
EMAIL_GATEWAY_PUBLIC_URL=${EMAIL_GATEWAY_PUBLIC_URL:-}
# PostgreSQL. Empty: the embedded database.
DATABASE_URL=$database
SETTINGS
	mv "$settings.new" "$settings"
fi

# The key stays apart from the data. One that was lost is not made anew: it would not open what is there.
if [ ! -e "$key" ]; then
	if [ -e "$data/database-has-proofs" ]; then
		say "$key is missing, and without it nothing in the database opens: put it back from your backup, then start the service."
	else
		umask 077
		head -c 32 /dev/urandom | base64 >"$key.new"
		mv "$key.new" "$key"
	fi
fi

deb-systemd-helper unmask "$unit" >/dev/null || true
if deb-systemd-helper --quiet was-enabled "$unit"; then
	deb-systemd-helper enable "$unit" >/dev/null || true
else
	deb-systemd-helper update-state "$unit" >/dev/null || true
fi
if [ -d /run/systemd/system ]; then
	systemctl --system daemon-reload >/dev/null || true
	deb-systemd-invoke restart "$unit" >/dev/null || say 'the service does not start: email-gateway doctor says why.'
fi
say 'email-gateway pair prints the line that pairs a WordPress; email-gateway doctor checks everything.'
