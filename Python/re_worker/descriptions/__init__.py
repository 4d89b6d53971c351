"""Descriptions of plans and devices, as ``existing_plans_and_devices.yaml`` holds them (docs/profiles.md)."""
