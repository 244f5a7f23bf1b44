"""What every area needs: territory, calendar, privacy, audit, outbox, access, commands, accounts, files, notices."""
