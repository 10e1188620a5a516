/* Who is signed in in this browser, and the token their forms need. */

export async function whoIsThere() {
  const response = await fetch(document.getElementById("sign-in-panel").dataset.who, { headers: { Accept: "application/json" } });
  return response.json();
}

/* A token from before a sign-in is refused; the forms of an open page get the new one. */
export function renewTokens(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}
