#!/bin/sh
# After the files of this package are gone. Data and key stay, also after a purge: what they open can be made by nobody again.
set -e

unit=email-gateway-backend.service
if [ -d /run/systemd/system ]; then
	systemctl --system daemon-reload >/dev/null || true
fi
case "$1" in
remove)
	if command -v deb-systemd-helper >/dev/null; then
		deb-systemd-helper mask "$unit" >/dev/null || true
	fi
	;;
purge)
	if command -v deb-systemd-helper >/dev/null; then
		deb-systemd-helper purge "$unit" >/dev/null || true
		deb-systemd-helper unmask "$unit" >/dev/null || true
	fi
	if grep -qs '^DATABASE_URL=.' /etc/email-gateway/backend.env; then
		echo 'email-gateway-backend: the database in PostgreSQL stays. To delete it: runuser -u postgres -- dropdb email-gateway'
	fi
	rm -f /etc/email-gateway/backend.env
	if [ -e /etc/email-gateway/master.key ] || [ -e /var/lib/email-gateway-backend ]; then
		echo 'email-gateway-backend: the data and the key that opens it stay. To delete both for good:'
		echo 'email-gateway-backend: rm -r /var/lib/email-gateway-backend /etc/email-gateway'
	fi
	;;
esac
