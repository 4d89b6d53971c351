enum PlanCatalogPlaceholder {}
