"""The page shell, components, design tokens and static files. Knows no domain: what a shell shows is registered from above."""
