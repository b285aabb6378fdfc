const place = document.getElementById("docs");
window.SwaggerUIBundle({ url: place.dataset.spec, domNode: place, validatorUrl: null, docExpansion: "list" });
