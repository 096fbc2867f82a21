#!/bin/sh
# Before the files of this package go or are replaced. The service lets its jobs go, and takes them up again after an upgrade.
set -e

if [ -d /run/systemd/system ]; then
	deb-systemd-invoke stop email-gateway-backend.service >/dev/null || true
fi
