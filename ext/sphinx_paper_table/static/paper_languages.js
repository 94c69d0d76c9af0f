(()=>{"use strict";function complete({target}){const link=target instanceof Element?target.closest(".pt-languages a"):null;if(!(link instanceof HTMLAnchorElement))return;link.search=location.search;link.hash=location.hash;}
for(const event of["pointerover","pointerdown","focusin","contextmenu","click"])
document.addEventListener(event,complete,true);})();
